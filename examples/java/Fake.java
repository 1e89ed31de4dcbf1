import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** A fake KMS with one external key store and one fault: a store that is CONNECTED can be deleted. */
class Fake {
  private static final List<String> ON_STORE =
      List.of("ConnectCustomKeyStore", "DisconnectCustomKeyStore", "DeleteCustomKeyStore");
  private JsonObject store;

  JsonObject answer(String op, JsonObject given) {
    if (op.equals("CreateCustomKeyStore") && store == null && text(given, "XksProxyUriPath").equals("/kms/xks/v1")
        && text(given, "XksProxyConnectivity").equals("PUBLIC_ENDPOINT") && text(given, "CustomKeyStoreName").length() <= 256) {
      store = given.deepCopy();
      store.addProperty("CustomKeyStoreId", "cks-1");
      store.addProperty("ConnectionState", "DISCONNECTED");
      return ok(only("CustomKeyStoreId", "cks-1"));
    }
    if (op.equals("DescribeCustomKeyStores") && given.size() == 0) {
      JsonArray list = new JsonArray();
      if (store != null) list.add(shown());
      JsonObject output = new JsonObject();
      output.add("CustomKeyStores", list);
      output.addProperty("Truncated", false);
      return ok(output);
    }
    if (!ON_STORE.contains(op) || given.size() == 0) return only("skipped", "this fake is small");
    if (store == null || !text(given, "CustomKeyStoreId").equals("cks-1"))
      return only("error", "CustomKeyStoreNotFoundException");
    if (op.equals("DisconnectCustomKeyStore") && text(store, "ConnectionState").equals("DISCONNECTED"))
      return only("error", "CustomKeyStoreInvalidStateException");
    if (op.equals("DeleteCustomKeyStore")) store = null; // the fault: nobody looks at the state
    else store.addProperty("ConnectionState", op.equals("ConnectCustomKeyStore") ? "CONNECTED" : "DISCONNECTED");
    return ok(new JsonObject());
  }

  private JsonObject shown() {
    JsonObject entry = new JsonObject();
    for (String name : List.of("CustomKeyStoreId", "CustomKeyStoreName", "CustomKeyStoreType", "ConnectionState"))
      entry.add(name, store.get(name));
    entry.addProperty("CreationDate", 0);
    JsonObject proxy = new JsonObject();
    for (String name : List.of("Connectivity", "UriEndpoint", "UriPath")) proxy.add(name, store.get("XksProxy" + name));
    proxy.add("AccessKeyId", store.getAsJsonObject("XksProxyAuthenticationCredential").get("AccessKeyId"));
    entry.add("XksProxyConfiguration", proxy);
    return entry;
  }

  static JsonObject ok(JsonObject output) {
    JsonObject outcome = new JsonObject();
    outcome.add("ok", output);
    return outcome;
  }

  static JsonObject only(String name, String value) {
    JsonObject object = new JsonObject();
    object.addProperty(name, value);
    return object;
  }

  private static String text(JsonObject object, String name) {
    return object.has(name) ? object.get(name).getAsString() : "";
  }
}
