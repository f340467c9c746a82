package org.eigensweep.array.cuda;

import static org.eigensweep.array.cuda.CudaStream.bits;

import org.eigensweep.array.Window;
import org.eigensweep.array.cuda.Batch.Operand;

/**
 * What a window sees of some images: a column a position, ordered (row, column, channel of the
 * window). Where the window sees one place after another, images are their own patches.
 */
final class Patches {
  private final CudaDevice device;
  private final Scan scan;
  private final int size;
  private final int positions;

  Patches(CudaDevice device, Window window) {
    this.device = device;
    this.scan = new Scan(window);
    this.size = window.patchSize();
    this.positions = window.positions();
  }

  /** Whether images need no copy to be patches. */
  boolean areImages() {
    return scan.seesPlaces();
  }

  /** Numbers in the patches of some images. */
  long numbers(int images) {
    return (long) size * positions * images;
  }

  /**
   * The patches of some images in each of some sets of them.
   *
   * @param images address of the first
   * @param step numbers from one set to the next
   * @param count images of a set
   * @param sets how many sets
   * @param scope owns the patches
   */
  Operand of(long images, long step, int count, int sets, CudaScope scope) {
    if (areImages()) {
      return Operand.apart(images, size, sets == 1 ? 0 : step);
    }
    long n = numbers(count);
    long patches = scope.numbers(n * sets);
    int bytes = device.precision().bytes();
    for (int i = 0; i < sets; i++) {
      long from = images + i * step * bytes;
      device.stream().each("spread_patches", n, scan.with(n, from, patches + i * n * bytes));
    }
    return Operand.apart(patches, size, sets == 1 ? 0 : n);
  }

  /**
   * The adjoint: every element of the images takes the sum of what sees it, and β times its old
   * number.
   *
   * @param patches address of the patches
   * @param count images
   * @param beta β
   * @param images address of the first image
   */
  void gather(long patches, int count, double beta, long images) {
    Window window = scan.window();
    long n = (long) window.imageSize() * count;
    device.stream().each("gather_patches", n, scan.with(n, patches, bits(beta), images));
  }
}
