-- A fake KMS with one external key store and one fault: a store that is CONNECTED can be deleted.
local json = require("dkjson")
local nothing = json.decode("{}") -- an object, where {} could be a list
local onStore = { ConnectCustomKeyStore = true, DisconnectCustomKeyStore = true, DeleteCustomKeyStore = true }

local function shown(store)
  local proxy = { AccessKeyId = store.XksProxyAuthenticationCredential.AccessKeyId }
  for _, name in ipairs({ "Connectivity", "UriEndpoint", "UriPath" }) do proxy[name] = store["XksProxy" .. name] end
  local entry = { CreationDate = 0, XksProxyConfiguration = proxy }
  for _, name in ipairs({ "CustomKeyStoreId", "CustomKeyStoreName", "CustomKeyStoreType", "ConnectionState" }) do
    entry[name] = store[name]
  end
  return entry
end

return function()
  local store
  return function(op, given)
    if op == "CreateCustomKeyStore" and not store and given.XksProxyUriPath == "/kms/xks/v1"
      and given.XksProxyConnectivity == "PUBLIC_ENDPOINT" and utf8.len(given.CustomKeyStoreName) <= 256 then
      store = given
      store.CustomKeyStoreId, store.ConnectionState = "cks-1", "DISCONNECTED"
      return { ok = { CustomKeyStoreId = "cks-1" } }
    end
    if op == "DescribeCustomKeyStores" and next(given) == nil then
      local list = setmetatable(store and { shown(store) } or {}, { __jsontype = "array" })
      return { ok = { CustomKeyStores = list, Truncated = false } }
    end
    if not onStore[op] or next(given) == nil then return { skipped = "this fake is small" } end
    if not store or given.CustomKeyStoreId ~= "cks-1" then return { error = "CustomKeyStoreNotFoundException" } end
    if op == "DisconnectCustomKeyStore" and store.ConnectionState == "DISCONNECTED" then
      return { error = "CustomKeyStoreInvalidStateException" }
    end
    if op == "DeleteCustomKeyStore" then store = nil -- the fault: nobody looks at the state
    else store.ConnectionState = op == "ConnectCustomKeyStore" and "CONNECTED" or "DISCONNECTED" end
    return { ok = nothing }
  end
end
