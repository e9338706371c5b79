"""The ``policyqa`` command: a module a command."""
