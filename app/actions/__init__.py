"""What the product does, without Flask: each module is one thing that a person or a program can ask of it."""
