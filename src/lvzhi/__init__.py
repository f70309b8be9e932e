"""lvzhi 履职: a platform for a local people's congress standing committee."""

__version__ = "0.1.0"
