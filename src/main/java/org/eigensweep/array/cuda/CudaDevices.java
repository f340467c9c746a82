package org.eigensweep.array.cuda;

import java.util.OptionalLong;
import org.eigensweep.array.Device;
import org.eigensweep.array.Devices;
import org.eigensweep.array.Precision;
import org.eigensweep.array.WorkingSizes;

/**
 * Devices on a card.
 *
 * @param card which
 */
public record CudaDevices(Card card) implements Devices {
  @Override
  public Device open(Precision precision, int threads) {
    return CudaDevice.open(precision, card.ordinal());
  }

  @Override
  public WorkingSizes sizes() {
    return CudaDevice.sizes(card);
  }

  @Override
  public OptionalLong memory() {
    return OptionalLong.of(card.bytes());
  }
}
