package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DIFF_WEIGHTS;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_FROM;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_TO;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_backward_weights_desc_init;
import static org.bytedeco.dnnl.global.dnnl.dnnl_convolution_direct;
import static org.bytedeco.dnnl.global.dnnl.dnnl_memory_desc_get_size;

import org.bytedeco.dnnl.dnnl_convolution_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;

/** Sums the gradient in the order that oneDNN likes, and adds it in the order that weights have. */
final class ConvolutionBackWeights implements Kernel {
  private final OneDnn dnn;
  private final Operation convolve;
  private final Operation add;
  private final long weightBytes;

  ConvolutionBackWeights(OneDnn dnn, ConvolutionKey key) {
    this.dnn = dnn;
    Description description = describe(dnn, key);
    convolve =
        new Operation(dnn, description, DNNL_ARG_SRC, DNNL_ARG_DIFF_DST, DNNL_ARG_DIFF_WEIGHTS);
    dnnl_memory_desc_t gradient = description.layout(DNNL_ARG_DIFF_WEIGHTS);
    weightBytes = dnnl_memory_desc_get_size(gradient);
    Description adding =
        Description.reorder(
            dnn, gradient, Layouts.weights(key.scan(), key.outputs()), key.onto().blend());
    add = new Operation(dnn, adding, DNNL_ARG_FROM, DNNL_ARG_TO);
  }

  private static Description describe(OneDnn dnn, ConvolutionKey key) {
    Geometry scan = key.scan();
    dnnl_convolution_desc_t operation = new dnnl_convolution_desc_t();
    Status.check(
        dnnl_convolution_backward_weights_desc_init(
            operation,
            dnnl_convolution_direct,
            Layouts.images(scan, key.images()),
            Layouts.anyWeights(scan, key.outputs()),
            null,
            Layouts.positions(scan, key.images(), key.outputs()),
            scan.steps(),
            scan.before(),
            scan.after()),
        key.toString());
    Description forward = ConvolutionForward.describe(dnn, key);
    return Description.of(dnn, key.toString(), operation, Blend.REPLACE, forward);
  }

  void compute(long images, long upstream, long weights) {
    long gradient = dnn.weights(weightBytes);
    convolve.execute(images, upstream, gradient);
    add.execute(gradient, weights);
  }

  @Override
  public void close() {
    convolve.close();
    add.close();
  }
}
