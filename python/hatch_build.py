"""Marks the wheel with the platform of the native addon inside it; any Python 3 takes it."""

import os

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):
    def initialize(self, version, build_data):
        platform = os.environ.get("PYPERF_WHEEL_PLATFORM")
        if not platform:
            raise SystemExit("Build the wheel with: npm run wheel")
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-{platform}"
