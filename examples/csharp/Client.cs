using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text;
using System.Web.Script.Serialization;
using Json = System.Collections.Generic.Dictionary<string, object>;

/// <summary>A test that asks the oracle: `mono client.exe kms-cks oracle`. It ends with 1 when the oracle objects.</summary>
static class Client
{
    static int Main(string[] command)
    {
        var json = new JavaScriptSerializer { MaxJsonLength = int.MaxValue };
        var oracle = Process.Start(new ProcessStartInfo(command[0], string.Join(" ", command.Skip(1)))
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        });
        var to = new StreamWriter(oracle.StandardInput.BaseStream, new UTF8Encoding(false)) { AutoFlush = true, NewLine = "\n" };
        Func<Json, Json> ask = message =>
        {
            to.WriteLine(json.Serialize(message));
            return json.Deserialize<Json>(oracle.StandardOutput.ReadLine());
        };
        var fake = new Fake();
        ask(new Json { ["kind"] = "start", ["seed"] = 1 });
        for (var i = 0; i < 1000; i++)
        {
            var request = (Json)ask(new Json { ["kind"] = "next" })["request"];
            var outcome = fake.Answer((string)request["op"], (Json)request["input"]);
            if (outcome.ContainsKey("skipped")) continue;
            var reply = ask(new Json { ["kind"] = "observe", ["request"] = request, ["outcome"] = outcome });
            if ((string)reply["verdict"] != "violates") continue;
            Console.WriteLine(((Json)reply["violation"])["explanation"]);
            return 1;
        }
        ask(new Json { ["kind"] = "stop" });
        return 0;
    }
}
