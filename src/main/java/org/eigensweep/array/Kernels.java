package org.eigensweep.array;

/**
 * The operations of a processor that more than one library computes. Shapes were checked; matrices
 * are of one device. An implementation is used by several threads at once.
 */
interface Kernels extends AutoCloseable {
  /** See {@link Device#gemmEach}; the matrices are those of the products' layouts. */
  void multiplyEach(
      Products products, double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix z);

  /** See {@link Device#transposeEach}. */
  void transposeEach(Blocks in, Blocks out);

  /** See {@link Device#map}. */
  void map(Unary f, Nd4jMatrix in, Nd4jMatrix out);

  /** See {@link Device#multiply}. */
  void multiply(double alpha, Nd4jMatrix x, Nd4jMatrix y, double beta, Nd4jMatrix out);

  /** See {@link Device#softmax}. */
  void softmax(Nd4jMatrix in, Nd4jMatrix out);

  /** See {@link Device#convolve}. */
  void convolve(Window window, Nd4jMatrix images, Blocks weights, double beta, Nd4jMatrix out);

  /** See {@link Device#convolveBack}. */
  void convolveBack(
      Window window, Nd4jMatrix upstream, Blocks weights, double beta, Nd4jMatrix images);

  /** See {@link Device#addConvolveWeights}. */
  void addConvolveWeights(Window window, Nd4jMatrix images, Nd4jMatrix upstream, Blocks weights);

  /** See {@link Device#maxPool}. */
  void maxPool(Window window, Nd4jMatrix images, Nd4jMatrix largest, Nd4jMatrix places);

  /** See {@link Device#averagePool}. */
  void averagePool(Window window, Nd4jMatrix images, Nd4jMatrix means);

  /** See {@link Device#averagePoolBack}. */
  void averagePoolBack(Window window, Nd4jMatrix means, Nd4jMatrix images);

  /** Frees what was kept for the next call. */
  @Override
  void close();
}
