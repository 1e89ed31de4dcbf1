-- A test that asks the oracle: `lua5.4 client.lua kms-cks oracle`. It ends with 1 when the oracle objects.
-- Lua opens a program in one direction only, so the other one is a named pipe.
package.path = arg[0]:gsub("[^/]*$", "?.lua;") .. package.path
local json = require("dkjson")
local fake = require("fake")()

local pipe = os.tmpname()
os.execute(("rm %s && mkfifo %s"):format(pipe, pipe))
local to = assert(io.popen(("%s > %s"):format(table.concat(arg, " "), pipe), "w"))
local from = assert(io.open(pipe))
os.remove(pipe)

local function ask(message)
  to:write(json.encode(message), "\n")
  to:flush()
  return json.decode(from:read("l"))
end

ask({ kind = "start", seed = 1 })
for _ = 1, 1000 do
  local request = ask({ kind = "next" }).request
  local sent = json.decode(json.encode(request)) -- the fake keeps what it is given
  local outcome = fake(sent.op, sent.input)
  if not outcome.skipped then
    local reply = ask({ kind = "observe", request = request, outcome = outcome })
    if reply.verdict == "violates" then
      print(reply.violation.explanation)
      os.exit(1)
    end
  end
end
ask({ kind = "stop" })
