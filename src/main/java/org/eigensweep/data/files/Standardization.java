package org.eigensweep.data.files;

/** How values are standardised. */
public enum Standardization {
  /** Not at all. */
  NONE,
  /** Unsigned bytes are divided by 255, all other types are left as they are. */
  BYTES,
  /** All are divided by 255, and must be 0 to 255. */
  BY_255,
  /** Each place of an example by its mean and deviation over the training examples. */
  FEATURE,
  /** Each channel by its mean and deviation over the training examples. */
  CHANNEL
}
