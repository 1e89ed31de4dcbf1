-- A harness: `kms-cks consume -- lua5.4 harness.lua` drives the fake, and judges every answer.
package.path = arg[0]:gsub("[^/]*$", "?.lua;") .. package.path
local json = require("dkjson")
local newFake = require("fake")

local nothing = json.decode("{}")
local fake = newFake()
for line in io.lines() do
  local message = json.decode(line)
  local reply = { ok = nothing }
  if message.kind == "reset" then fake = newFake()
  elseif message.kind == "request" then
    local fine, answer = pcall(fake, message.request.op, message.request.input)
    -- what pcall catches is a fault of this program, not an answer of the fake
    reply = fine and answer or { errored = tostring(answer) }
  end
  reply.seq = message.seq
  io.write(json.encode(reply), "\n")
  io.flush()
  if message.kind == "stop" then break end
end
