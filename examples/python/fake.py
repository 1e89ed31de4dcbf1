"""A fake KMS with one external key store and one fault: a store that is CONNECTED can be deleted."""

SHOWN = ("XksProxyConnectivity", "XksProxyUriEndpoint", "XksProxyUriPath")


class Fake:
    def __init__(self):
        self.store = None

    def answer(self, op, given):
        store = self.store
        if op == "CreateCustomKeyStore" and store is None and given.get("XksProxyUriPath") == "/kms/xks/v1":
            if given.get("XksProxyConnectivity") == "PUBLIC_ENDPOINT" and len(given["CustomKeyStoreName"]) <= 256:
                self.store = {**given, "CustomKeyStoreId": "cks-1", "ConnectionState": "DISCONNECTED"}
                return {"ok": {"CustomKeyStoreId": "cks-1"}}
        if op == "DescribeCustomKeyStores" and not given:
            return {"ok": {"CustomKeyStores": [self.shown()] if store else [], "Truncated": False}}
        if op not in ("ConnectCustomKeyStore", "DisconnectCustomKeyStore", "DeleteCustomKeyStore") or not given:
            return {"skipped": "this fake is small"}
        if store is None or given["CustomKeyStoreId"] != "cks-1":
            return {"error": "CustomKeyStoreNotFoundException"}
        if op == "DisconnectCustomKeyStore" and store["ConnectionState"] == "DISCONNECTED":
            return {"error": "CustomKeyStoreInvalidStateException"}
        if op == "DeleteCustomKeyStore":
            self.store = None  # the fault: nobody looks at the state
        else:
            store["ConnectionState"] = "CONNECTED" if op == "ConnectCustomKeyStore" else "DISCONNECTED"
        return {"ok": {}}

    def shown(self):
        names = ("CustomKeyStoreId", "CustomKeyStoreName", "CustomKeyStoreType", "ConnectionState")
        proxy = {name.removeprefix("XksProxy"): self.store[name] for name in SHOWN}
        proxy["AccessKeyId"] = self.store["XksProxyAuthenticationCredential"]["AccessKeyId"]
        return {**{name: self.store[name] for name in names}, "CreationDate": 0, "XksProxyConfiguration": proxy}
