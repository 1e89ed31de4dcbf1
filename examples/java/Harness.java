import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A harness: `kms-cks consume -- java -cp … Harness` drives the fake, and judges every answer. */
class Harness {
  public static void main(String[] args) throws Exception {
    BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8); // true: every line goes out at once
    Fake fake = new Fake();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      JsonObject message = JsonParser.parseString(line).getAsJsonObject();
      String kind = message.get("kind").getAsString();
      JsonObject reply = Fake.ok(new JsonObject());
      if (kind.equals("reset")) fake = new Fake();
      if (kind.equals("request")) {
        JsonObject request = message.getAsJsonObject("request");
        try {
          reply = fake.answer(request.get("op").getAsString(), request.getAsJsonObject("input"));
        } catch (RuntimeException fault) { // a fault of this program, not an answer of the fake
          reply = Fake.only("errored", fault.toString());
        }
      }
      reply.add("seq", message.get("seq"));
      out.println(reply);
      if (kind.equals("stop")) break;
    }
  }
}
