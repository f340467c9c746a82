package org.eigensweep.data;

import java.io.Serializable;

/**
 * How the values of an example are laid out: channel after channel, row after row, from the upper
 * left (NCHW).
 *
 * @param channels planes of an image; 1 for plain vectors
 * @param height rows of a plane; 1 for plain vectors
 * @param width values of a row
 */
public record InputShape(int channels, int height, int width) implements Serializable {
  /** A plain vector. */
  public static InputShape vector(int features) {
    return new InputShape(1, 1, features);
  }

  /** Values an example has. */
  public int features() {
    return Math.multiplyExact(Math.multiplyExact(channels, height), width);
  }
}
