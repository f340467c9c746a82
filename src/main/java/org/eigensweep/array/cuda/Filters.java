package org.eigensweep.array.cuda;

import org.eigensweep.array.Blocks;
import org.eigensweep.array.Window;
import org.eigensweep.array.cuda.Batch.Operand;

/**
 * The weights of some convolutions in the order of patches, (row, column, channel of the window),
 * in which images are read without gaps; weights are given in the order (channel, row, column).
 *
 * @param device where they are
 * @param window how images are scanned
 * @param weights W_i as they are given
 */
record Filters(CudaDevice device, Window window, Blocks weights) {
  /** Numbers of one W_i. */
  long size() {
    return (long) weights.rows() * weights.columns();
  }

  /** A copy in the order of patches, the W_i side by side. */
  Operand ordered(CudaScope scope) {
    long to = scope.numbers(size() * weights.count());
    Layout layout = Layout.of(weights);
    long n = size() * weights.count();
    device.stream()
        .each(
            "order_weights",
            n,
            n,
            window.channels(),
            places(),
            weights.columns(),
            device.address(weights),
            layout.down(),
            layout.downStep(),
            layout.acrossStep(),
            to);
    return operand(to);
  }

  /** Adds such a copy to the weights. */
  void add(Operand ordered) {
    Layout layout = Layout.of(weights);
    long n = size() * weights.count();
    device.stream()
        .each(
            "add_weights",
            n,
            n,
            window.channels(),
            places(),
            weights.columns(),
            ordered.address(),
            device.address(weights),
            layout.down(),
            layout.downStep(),
            layout.acrossStep());
  }

  /** Such a copy with arbitrary numbers. */
  Operand blank(CudaScope scope) {
    return operand(scope.numbers(size() * weights.count()));
  }

  private Operand operand(long address) {
    return Operand.apart(address, weights.rows(), size());
  }

  private long places() {
    return (long) window.rows() * window.columns();
  }
}
