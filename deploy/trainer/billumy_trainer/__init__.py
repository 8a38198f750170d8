"""Trains LoRA adapters over LLaMA models in GGUF files, behind OpenAI's routes of files and fine-tuning jobs."""
