"""Pictures, by Pillow: decoding, measuring, rendering and the rights metadata inside them."""
