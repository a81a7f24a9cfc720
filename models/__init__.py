"""Everything that would run in a notebook: latents, generators, training, data, pictures. Never imports Qt."""
