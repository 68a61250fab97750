"""The built-in illustrator: composes a scene from the words of a prompt, without a model or a network.

The way of a picture: `engine` (in the worker) → `child` (own process) → `reading` (words → plan) →
`composition` (plan and seed → scene) → `places`, `subjects`, `weather` (pixels) → `styles`.
"""
