"""Engines that are ComfyUI servers."""
