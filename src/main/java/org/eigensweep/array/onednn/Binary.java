package org.eigensweep.array.onednn;

import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_DST;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_0;
import static org.bytedeco.dnnl.global.dnnl.DNNL_ARG_SRC_1;
import static org.bytedeco.dnnl.global.dnnl.dnnl_binary_desc_init;

import org.bytedeco.dnnl.dnnl_binary_desc_t;
import org.bytedeco.dnnl.dnnl_memory_desc_t;

/** A function of two numbers, of which the second may be used over and over. */
final class Binary implements Kernel {
  private final Operation operation;

  /**
   * @param dnn the thread's oneDNN
   * @param algorithm oneDNN's number of the function
   * @param x the first operand, and the output
   * @param y the second: of extent 1 where it repeats
   * @param blend how the result meets the output's old numbers
   */
  Binary(OneDnn dnn, int algorithm, dnnl_memory_desc_t x, dnnl_memory_desc_t y, Blend blend) {
    dnnl_binary_desc_t binary = new dnnl_binary_desc_t();
    Status.check(dnnl_binary_desc_init(binary, algorithm, x, y, x), "a function of two numbers");
    Description description = Description.of(dnn, "a function of two numbers", binary, blend, null);
    operation = new Operation(dnn, description, DNNL_ARG_SRC_0, DNNL_ARG_SRC_1, DNNL_ARG_DST);
  }

  /** {@code out} may be either operand that is of its shape. */
  void compute(long x, long y, long out) {
    operation.execute(x, y, out);
  }

  @Override
  public void close() {
    operation.close();
  }
}
