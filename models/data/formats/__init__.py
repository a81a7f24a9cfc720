"""The formats of data files: folders of pictures, IDX, the arrays of an .npz, and tables of labels and attributes."""
