import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A test that asks the oracle: `java -cp … Client kms-cks oracle`. It ends with 1 when the oracle objects. */
class Client {
  private final PrintStream to;
  private final BufferedReader from;

  Client(Process oracle) {
    to = new PrintStream(oracle.getOutputStream(), true, StandardCharsets.UTF_8);
    from = new BufferedReader(new InputStreamReader(oracle.getInputStream(), StandardCharsets.UTF_8));
  }

  JsonObject ask(JsonObject message) throws Exception {
    to.println(message);
    return JsonParser.parseString(from.readLine()).getAsJsonObject();
  }

  public static void main(String[] command) throws Exception {
    Client oracle = new Client(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    Fake fake = new Fake();
    oracle.ask(Fake.only("kind", "start"));
    for (int i = 0; i < 1000; i++) {
      JsonObject request = oracle.ask(Fake.only("kind", "next")).getAsJsonObject("request");
      JsonObject outcome = fake.answer(request.get("op").getAsString(), request.getAsJsonObject("input"));
      if (outcome.has("skipped")) continue;
      JsonObject observe = Fake.only("kind", "observe");
      observe.add("request", request);
      observe.add("outcome", outcome);
      JsonObject reply = oracle.ask(observe);
      if (!reply.get("verdict").getAsString().equals("violates")) continue;
      System.out.println(reply.getAsJsonObject("violation").get("explanation").getAsString());
      System.exit(1);
    }
    oracle.ask(Fake.only("kind", "stop"));
  }
}
