package org.eigensweep.array.onednn;

import org.eigensweep.array.onednn.PoolingKey.Kind;

/**
 * Poolings of each channel apart. Images are NHWC, one behind the other; so is what is pooled, a
 * value for each position and channel. Operands are addresses of dense float32 numbers and must not
 * overlap.
 */
public final class Pooling {
  private final OneDnn dnn;

  /** Computes with the primitives that {@code dnn} keeps. */
  public Pooling(OneDnn dnn) {
    this.dnn = dnn;
  }

  /**
   * The largest value at each position, and where it stands: the first of equals, and a NaN before
   * all numbers. Outside the image there is nothing to choose.
   *
   * @param scan how the images are scanned
   * @param count images
   * @param images where the images lie
   * @param largest count × positions × channels
   * @param places of the same shape: indices in the image, (row · width + column) · channels +
   *     channel, as numbers
   */
  public void largest(Geometry scan, int count, long images, long largest, long places) {
    PoolingKey key = new PoolingKey(Kind.LARGEST, scan, count, Onto.NOTHING);
    dnn.kernel(MaxPooling.class, key, () -> new MaxPooling(dnn, key))
        .compute(images, largest, places);
  }

  /**
   * The mean at each position, of what lies in the image.
   *
   * @param scan how the images are scanned
   * @param count images
   * @param images where the images lie
   * @param onto what becomes of the old values of {@code means}
   * @param means count × positions × channels
   */
  public void mean(Geometry scan, int count, long images, Onto onto, long means) {
    PoolingKey key = new PoolingKey(Kind.MEAN, scan, count, onto);
    dnn.kernel(MeanPooling.class, key, () -> MeanPooling.forward(dnn, key)).compute(images, means);
  }

  /**
   * The adjoint of {@link #mean}.
   *
   * @param scan how the images are scanned
   * @param count images
   * @param upstream count × positions × channels
   * @param onto what becomes of the old values of {@code images}
   * @param images the images, where the result goes; pixels that no position sees take zeros
   */
  public void backMean(Geometry scan, int count, long upstream, Onto onto, long images) {
    PoolingKey key = new PoolingKey(Kind.BACK_MEAN, scan, count, onto);
    dnn.kernel(MeanPooling.class, key, () -> MeanPooling.back(dnn, key)).compute(upstream, images);
  }
}
