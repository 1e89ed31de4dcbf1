package main

import "unicode/utf8"

type object = map[string]any

// Fake is a KMS with one external key store and one fault: a store that is CONNECTED can be deleted.
type Fake struct{ store object }

func (fake *Fake) answer(op string, given object) object {
	store, path := fake.store, given["XksProxyUriPath"]
	if op == "CreateCustomKeyStore" && store == nil && path == "/kms/xks/v1" &&
		given["XksProxyConnectivity"] == "PUBLIC_ENDPOINT" && utf8.RuneCountInString(given["CustomKeyStoreName"].(string)) <= 256 {
		fake.store = given
		given["CustomKeyStoreId"], given["ConnectionState"] = "cks-1", "DISCONNECTED"
		return object{"ok": object{"CustomKeyStoreId": "cks-1"}}
	}
	if op == "DescribeCustomKeyStores" && len(given) == 0 {
		list := []object{}
		if store != nil {
			list = append(list, shown(store))
		}
		return object{"ok": object{"CustomKeyStores": list, "Truncated": false}}
	}
	if len(given) == 0 || op != "ConnectCustomKeyStore" && op != "DisconnectCustomKeyStore" && op != "DeleteCustomKeyStore" {
		return object{"skipped": "this fake is small"}
	}
	if store == nil || given["CustomKeyStoreId"] != "cks-1" {
		return object{"error": "CustomKeyStoreNotFoundException"}
	}
	switch {
	case op == "DeleteCustomKeyStore":
		fake.store = nil // the fault: nobody looks at the state
	case op == "ConnectCustomKeyStore":
		store["ConnectionState"] = "CONNECTED"
	case store["ConnectionState"] == "DISCONNECTED":
		return object{"error": "CustomKeyStoreInvalidStateException"}
	default:
		store["ConnectionState"] = "DISCONNECTED"
	}
	return object{"ok": object{}}
}

func shown(store object) object {
	entry, proxy := object{"CreationDate": 0}, object{}
	for _, name := range []string{"CustomKeyStoreId", "CustomKeyStoreName", "CustomKeyStoreType", "ConnectionState"} {
		entry[name] = store[name]
	}
	for _, name := range []string{"Connectivity", "UriEndpoint", "UriPath"} {
		proxy[name] = store["XksProxy"+name]
	}
	proxy["AccessKeyId"] = store["XksProxyAuthenticationCredential"].(object)["AccessKeyId"]
	entry["XksProxyConfiguration"] = proxy
	return entry
}
