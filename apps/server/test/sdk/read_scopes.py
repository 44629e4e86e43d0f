"""Signs in with the published SDK, and prints what its tokens allow whenever a line asks for it.

Speaks by lines: prints the sign-in address, reads the address that the browser came back to, and then, for each further
line, forgets its access tokens and prints the scopes of new ones.
"""

import asyncio
import json
import sys

from logto import LogtoClient, LogtoConfig, Storage, UserInfoScope


class Kept(Storage):
    """What the SDK keeps for one visitor."""

    def __init__(self) -> None:
        self.values = {}

    def get(self, key):
        return self.values.get(key)

    def set(self, key, value) -> None:
        self.values[key] = value

    def delete(self, key) -> None:
        self.values.pop(key, None)


async def main() -> None:
    options = json.loads(sys.argv[1])
    storage = Kept()
    config = LogtoConfig(
        endpoint=options["endpoint"],
        appId=options["appId"],
        appSecret=options["appSecret"],
        resources=[options["resource"]],
        scopes=[UserInfoScope.organizations, *options["scopes"]],
    )
    client = LogtoClient(config, storage)
    print(await client.signIn(options["redirectUri"]), flush=True)
    await client.handleSignInCallback(sys.stdin.readline().strip())
    for _ in sys.stdin:
        storage.delete("accessTokenMap")
        organization = await client.getOrganizationTokenClaims(options["organizationId"])
        api = await client.getAccessTokenClaims(options["resource"])
        print(json.dumps({"organization": organization.scope, "api": api.scope}), flush=True)


asyncio.run(main())
