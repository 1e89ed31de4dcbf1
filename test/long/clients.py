"""What a user of boto3 does with custom key stores, against the endpoint in KMS_URL. Prints what it saw, as JSON."""

import json
import os
import sys

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

kms = boto3.client(
    "kms",
    endpoint_url=os.environ["KMS_URL"],
    region_name="eu-west-1",
    aws_access_key_id="210987654321",
    aws_secret_access_key="anything",
    config=Config(retries={"total_max_attempts": 1}),
)
seen = {}


def state(store):
    [entry] = kms.describe_custom_key_stores(CustomKeyStoreId=store)["CustomKeyStores"]
    return entry["ConnectionState"]


def wait(store, wanted):
    states = []
    while not states or states[-1] != wanted:
        states.append(state(store))
        if len(states) > 20:
            sys.exit(f"never {wanted}: {states}")
    return states


def refused(name, act):
    try:
        act()
    except getattr(kms.exceptions, name) as error:
        return isinstance(error, ClientError) and error.response["ResponseMetadata"]["HTTPStatusCode"]
    return False


hsm = kms.create_custom_key_store(
    CustomKeyStoreName="hsm",
    CloudHsmClusterId="cluster-1a23b4cdefg".replace("1", "k"),
    TrustAnchorCertificate="certificate",
    KeyStorePassword="password",
)["CustomKeyStoreId"]
outside = kms.create_custom_key_store(
    CustomKeyStoreName="outside",
    CustomKeyStoreType="EXTERNAL_KEY_STORE",
    XksProxyConnectivity="PUBLIC_ENDPOINT",
    XksProxyUriEndpoint="https://proxy.example",
    XksProxyUriPath="/kms/xks/v1",
    XksProxyAuthenticationCredential={"AccessKeyId": "A" * 20, "RawSecretAccessKey": "s" * 43},
)["CustomKeyStoreId"]
pages = kms.get_paginator("describe_custom_key_stores").paginate(PaginationConfig={"PageSize": 1})
seen["pages"] = [[store["CustomKeyStoreName"] for store in page["CustomKeyStores"]] for page in pages]

kms.update_custom_key_store(CustomKeyStoreId=hsm, NewCustomKeyStoreName="renamed")
for store in (hsm, outside):
    kms.connect_custom_key_store(CustomKeyStoreId=store)
seen["connecting"] = wait(hsm, "CONNECTED") and wait(outside, "CONNECTED")
key = kms.create_key(CustomKeyStoreId=outside, Origin="EXTERNAL_KEY_STORE", XksKeyId="x1")["KeyMetadata"]
sealed = kms.encrypt(KeyId=key["Arn"], Plaintext=b"words")["CiphertextBlob"]
seen["decrypted"] = kms.decrypt(CiphertextBlob=sealed)["Plaintext"].decode()
seen["errors"] = {
    name: refused(name, act)
    for name, act in {
        "CustomKeyStoreNotFoundException": lambda: state("cks-nothing-here"),
        "CustomKeyStoreInvalidStateException": lambda: kms.delete_custom_key_store(CustomKeyStoreId=hsm),
        "CustomKeyStoreNameInUseException": lambda: kms.update_custom_key_store(
            CustomKeyStoreId=outside, NewCustomKeyStoreName="renamed"
        ),
        "XksKeyAlreadyInUseException": lambda: kms.create_key(
            CustomKeyStoreId=outside, Origin="EXTERNAL_KEY_STORE", XksKeyId="x1"
        ),
        "NotFoundException": lambda: kms.describe_key(KeyId="00000000-0000-0000-0000-000000000000"),
    }.items()
}
for store in (hsm, outside):
    kms.disconnect_custom_key_store(CustomKeyStoreId=store)
    wait(store, "DISCONNECTED")
seen["key"] = kms.describe_key(KeyId=key["KeyId"])["KeyMetadata"]["KeyState"]
seen["errors"]["KMSInvalidStateException"] = refused(
    "KMSInvalidStateException", lambda: kms.encrypt(KeyId=key["KeyId"], Plaintext=b"words")
)
seen["errors"]["CustomKeyStoreHasCMKsException"] = refused(
    "CustomKeyStoreHasCMKsException", lambda: kms.delete_custom_key_store(CustomKeyStoreId=outside)
)
kms.delete_custom_key_store(CustomKeyStoreId=hsm)
seen["left"] = [store["CustomKeyStoreName"] for store in kms.describe_custom_key_stores()["CustomKeyStores"]]
print(json.dumps(seen))
