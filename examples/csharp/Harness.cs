using System;
using System.IO;
using System.Text;
using System.Web.Script.Serialization;
using Json = System.Collections.Generic.Dictionary<string, object>;

/// <summary>A harness: `kms-cks consume -- mono harness.exe` drives the fake, and judges every answer.</summary>
static class Harness
{
    static void Main()
    {
        var json = new JavaScriptSerializer { MaxJsonLength = int.MaxValue };
        var utf8 = new UTF8Encoding(false);
        var lines = new StreamReader(Console.OpenStandardInput(), utf8);
        var to = new StreamWriter(Console.OpenStandardOutput(), utf8) { AutoFlush = true, NewLine = "\n" };
        var fake = new Fake();
        for (var line = lines.ReadLine(); line != null; line = lines.ReadLine())
        {
            var message = json.Deserialize<Json>(line);
            var kind = (string)message["kind"];
            var reply = new Json { ["ok"] = new Json() };
            if (kind == "reset") fake = new Fake();
            if (kind == "request")
            {
                var request = (Json)message["request"];
                try { reply = fake.Answer((string)request["op"], (Json)request["input"]); }
                catch (Exception fault) { reply = new Json { ["errored"] = fault.Message }; } // a fault of this program
            }
            reply["seq"] = message["seq"];
            to.WriteLine(json.Serialize(reply));
            if (kind == "stop") break;
        }
    }
}
