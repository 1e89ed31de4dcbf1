using System.Collections.Generic;
using System.Linq;
using Json = System.Collections.Generic.Dictionary<string, object>;

/// <summary>A fake KMS with one external key store and one fault: a store that is CONNECTED can be deleted.</summary>
class Fake
{
    static readonly string[] OnStore = { "ConnectCustomKeyStore", "DisconnectCustomKeyStore", "DeleteCustomKeyStore" };
    static readonly string[] Names = { "CustomKeyStoreId", "CustomKeyStoreName", "CustomKeyStoreType", "ConnectionState" };
    Json store;

    public Json Answer(string op, Json given)
    {
        if (op == "CreateCustomKeyStore" && store == null && Text(given, "XksProxyUriPath") == "/kms/xks/v1"
            && Text(given, "XksProxyConnectivity") == "PUBLIC_ENDPOINT" && Text(given, "CustomKeyStoreName").Length <= 256)
        {
            store = new Json(given) { ["CustomKeyStoreId"] = "cks-1", ["ConnectionState"] = "DISCONNECTED" };
            return new Json { ["ok"] = new Json { ["CustomKeyStoreId"] = "cks-1" } };
        }
        if (op == "DescribeCustomKeyStores" && given.Count == 0)
        {
            var list = store == null ? new Json[0] : new[] { Shown() };
            return new Json { ["ok"] = new Json { ["CustomKeyStores"] = list, ["Truncated"] = false } };
        }
        if (!OnStore.Contains(op) || given.Count == 0) return new Json { ["skipped"] = "this fake is small" };
        if (store == null || Text(given, "CustomKeyStoreId") != "cks-1")
            return new Json { ["error"] = "CustomKeyStoreNotFoundException" };
        if (op == "DisconnectCustomKeyStore" && Text(store, "ConnectionState") == "DISCONNECTED")
            return new Json { ["error"] = "CustomKeyStoreInvalidStateException" };
        if (op == "DeleteCustomKeyStore") store = null; // the fault: nobody looks at the state
        else store["ConnectionState"] = op == "ConnectCustomKeyStore" ? "CONNECTED" : "DISCONNECTED";
        return new Json { ["ok"] = new Json() };
    }

    Json Shown()
    {
        var proxy = new[] { "Connectivity", "UriEndpoint", "UriPath" }.ToDictionary(n => n, n => store["XksProxy" + n]);
        proxy["AccessKeyId"] = ((Json)store["XksProxyAuthenticationCredential"])["AccessKeyId"];
        var entry = Names.ToDictionary(name => name, name => store[name]);
        entry["CreationDate"] = 0;
        entry["XksProxyConfiguration"] = proxy;
        return entry;
    }

    static string Text(Json from, string name) => from.TryGetValue(name, out var value) ? (string)value : "";
}
