"""Small classifiers that training and evaluation need: of classes and of attributes."""
