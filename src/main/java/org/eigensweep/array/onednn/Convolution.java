package org.eigensweep.array.onednn;

import org.eigensweep.array.onednn.ConvolutionKey.Kind;

/**
 * Convolutions without bias. Images are NHWC, one behind the other; so is what comes out, a value
 * for each position and output, the output fastest. Weights are outputs × channels × rows ×
 * columns, the last fastest (OIHW), as DL4J keeps them. Operands are addresses of dense float32
 * numbers and must not overlap.
 */
public final class Convolution {
  private final OneDnn dnn;

  /** Computes with the primitives that {@code dnn} keeps. */
  public Convolution(OneDnn dnn) {
    this.dnn = dnn;
  }

  /**
   * What the weights see at each position.
   *
   * @param scan how the images are scanned
   * @param count images
   * @param outputs outputs of the weights
   * @param images where the images lie
   * @param weights where the weights lie
   * @param onto what becomes of the old values of {@code out}
   * @param out count × positions × outputs
   */
  public void forward(
      Geometry scan, int count, int outputs, long images, long weights, Onto onto, long out) {
    ConvolutionKey key = new ConvolutionKey(Kind.FORWARD, scan, count, outputs, onto);
    dnn.kernel(ConvolutionForward.class, key, () -> new ConvolutionForward(dnn, key))
        .compute(images, weights, out);
  }

  /**
   * The adjoint of {@link #forward} in the images.
   *
   * @param scan how the images are scanned
   * @param count images
   * @param outputs outputs of the weights
   * @param upstream count × positions × outputs
   * @param weights where the weights lie
   * @param onto what becomes of the old values of {@code images}
   * @param images the images, where the result goes; pixels that no position sees take zeros
   */
  public void backData(
      Geometry scan, int count, int outputs, long upstream, long weights, Onto onto, long images) {
    ConvolutionKey key = new ConvolutionKey(Kind.BACK_DATA, scan, count, outputs, onto);
    dnn.kernel(ConvolutionBackData.class, key, () -> new ConvolutionBackData(dnn, key))
        .compute(upstream, weights, images);
  }

  /**
   * The adjoint of {@link #forward} in the weights, summed over the images and added.
   *
   * @param scan how the images are scanned
   * @param count images
   * @param outputs outputs of the weights
   * @param images where the images lie
   * @param upstream count × positions × outputs
   * @param weights where the weights lie that take the sum in addition
   */
  public void addBackWeights(
      Geometry scan, int count, int outputs, long images, long upstream, long weights) {
    ConvolutionKey key = new ConvolutionKey(Kind.BACK_WEIGHTS, scan, count, outputs, Onto.SUM);
    dnn.kernel(ConvolutionBackWeights.class, key, () -> new ConvolutionBackWeights(dnn, key))
        .compute(images, upstream, weights);
  }
}
