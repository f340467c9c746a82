package org.eigensweep.data.files;

/** Where the channels of an image stand among the sizes of a row. */
public enum Layout {
  CHANNELS_FIRST,
  CHANNELS_LAST
}
