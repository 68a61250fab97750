"""Engines that take a task, and are asked about it until it is done: DashScope, and servers that answer alike."""
