package dev.watchword.model;

/** How a picture that is not square is made square before the vision tower sees it. */
public enum PictureFit {
    /** Padded to a square with the mean colour, then resized. */
    PAD,
    /** Resized so that its short side fits, then cropped around its centre. */
    CROP
}
