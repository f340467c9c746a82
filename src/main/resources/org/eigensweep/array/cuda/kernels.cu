/*
 * What a card computes beside matrix products. REAL is float or double: the file is compiled once
 * for each, by NVRTC for a card and by g++ for tests. Matrices are column-major. Every parameter
 * takes eight bytes or the lower four of eight. Sums are added in double precision and in an order
 * that depends on shapes alone, without atomics, so that they have the same bits every time.
 */
#ifndef KERNEL
#define KERNEL(name) extern "C" __global__ void __launch_bounds__(256) name
#endif

typedef REAL real;
typedef long long wide;

/* Threads of every block. */
#define THREADS 256

/* Runs over i = 0 … n − 1, shared out among all threads of a launch. */
#define EACH(i, n)                                                             \
  for (wide i = blockIdx.x * (wide) THREADS + threadIdx.x; i < (n);            \
       i += (wide) gridDim.x * THREADS)

/* a / b of numbers that are not negative; 64 bits take a card several times as long as 32. */
static __device__ wide divided(wide a, wide b) {
  return ((a | b) >> 31) == 0 ? (wide) ((unsigned) a / (unsigned) b) : a / b;
}

static __device__ wide rest(wide a, wide b) { return a - divided(a, b) * b; }

/* First element of one of some blocks, which are counted downwards, then to the right. */
#define BLOCKS(of) wide of##Down, wide of##DownStep, wide of##AcrossStep
#define START(of, b)                                                           \
  (rest(b, of##Down) * of##DownStep + divided(b, of##Down) * of##AcrossStep)

/* α·value + β·old; with β = 0 the old number is not read. */
static __device__ real blend(double alpha, real value, double beta, const real *old) {
  real fresh = (real) alpha * value;
  return beta == 0 ? fresh : fresh + (real) beta * *old;
}

/* ---- element by element ---- */

KERNEL(fill)(wide n, double value, real *x) {
  EACH(e, n) x[e] = (real) value;
}

KERNEL(scale)(wide n, double alpha, real *x) {
  EACH(e, n) x[e] *= (real) alpha;
}

KERNEL(axpy)(wide n, double alpha, const real *x, real *y) {
  EACH(e, n) y[e] += (real) alpha * x[e];
}

#define MAP(name, value)                                                       \
  KERNEL(map_##name)(wide n, const real *in, real *out) {                      \
    EACH(e, n) {                                                               \
      real x = in[e];                                                          \
      out[e] = value;                                                          \
    }                                                                          \
  }

MAP(tanh, tanh(x))
MAP(sigmoid, 1 / (1 + exp(-x)))
MAP(exp, exp(x))
MAP(rsqrt, 1 / sqrt(x))
MAP(log1p, log1p(x))
MAP(elu, x > 0 ? x : expm1(x))
MAP(relu, x < 0 ? 0 : x)
MAP(step, x > 0 ? 1 : 0)
MAP(hardtanh, x < -1 ? -1 : x > 1 ? 1 : x)

/* Factors of as many rows, whose period columns are used over and over. */
KERNEL(multiply)
(wide n, double alpha, const real *x, const real *y, wide period, double beta, real *out) {
  EACH(e, n) out[e] = blend(alpha, x[e] * y[period == n ? e : rest(e, period)], beta, out + e);
}

/* Factors of one row, whose period columns are used over and over. */
KERNEL(multiply_columns)
(wide n, wide rows, double alpha, const real *x, const real *y, wide period, double beta,
 real *out) {
  EACH(e, n) {
    out[e] = blend(alpha, x[e] * y[rest(divided(e, rows), period)], beta, out + e);
  }
}

KERNEL(divide_by_roots)
(wide n, double alpha, const real *x, const real *y, double epsilon, real *out) {
  EACH(e, n) out[e] = (real) alpha * x[e] / (sqrt(y[e]) + (real) epsilon);
}

/* ---- elements that move ---- */

KERNEL(gather_columns)(wide n, wide rows, const real *from, const int *columns, real *to) {
  EACH(e, n) {
    wide j = divided(e, rows);
    to[e] = from[columns[j] * rows + (e - j * rows)];
  }
}

/* rows and columns are those of a block that is written. */
KERNEL(transpose_each)
(wide n, wide rows, wide columns, const real *in, wide inLeading, BLOCKS(in), real *out,
 wide outLeading, BLOCKS(out)) {
  EACH(e, n) {
    wide column = divided(e, rows);
    wide i = e - column * rows;
    wide b = divided(column, columns);
    wide j = column - b * columns;
    out[START(out, b) + i + j * outLeading] = in[START(in, b) + j + i * inLeading];
  }
}

/* Element (i, j) takes number i·down + j·right of the vector. */
KERNEL(spread_each)
(wide n, wide rows, wide columns, double alpha, const real *x, wide down, wide right, BLOCKS(x),
 double beta, real *out, wide leading, BLOCKS(out)) {
  EACH(e, n) {
    wide column = divided(e, rows);
    wide i = e - column * rows;
    wide b = divided(column, columns);
    wide j = column - b * columns;
    real *to = out + START(out, b) + i + j * leading;
    *to = blend(alpha, x[START(x, b) + i * down + j * right], beta, to);
  }
}

/* The row that an element chooses, or −1 after a report of the first choice that is not there. */
static __device__ int chosen_row(real given, wide all, wide columns, wide *bad) {
  bool whole = given > (real) -2e9 && given < (real) 2e9;
  wide row = whole ? (wide) given : -1;
  if (row >= 0 && row < all) {
    return (int) row;
  }
  if (bad[0] == 0) {
    bad[1] = row;
    bad[2] = all;
    bad[3] = columns;
    bad[0] = 1;
  }
  return -1;
}

KERNEL(gather_each)
(wide n, wide chosen, wide all, wide columns, wide period, const real *from, const real *rows,
 real *to, wide *bad) {
  EACH(e, n) {
    wide j = divided(e, chosen);
    int row = chosen_row(rows[rest(j, period) * chosen + (e - j * chosen)], all, columns, bad);
    to[e] = row < 0 ? (real) 0 : from[j * all + row];
  }
}

/*
 * A block a column, 256 choices at a time. Of those that choose one row the first adds them all, in
 * order: no two threads write to one element.
 */
KERNEL(add_scattered)
(wide chosen, wide all, wide columns, wide period, const real *from, const real *rows, real *to,
 wide *bad) {
  __shared__ int row[THREADS];
  __shared__ real value[THREADS];
  int me = threadIdx.x;
  for (wide j = blockIdx.x; j < columns; j += gridDim.x) {
    for (wide k = me; k - me < chosen; k += THREADS) {
      row[me] = -1;
      if (k < chosen) {
        row[me] = chosen_row(rows[rest(j, period) * chosen + k], all, columns, bad);
        value[me] = from[j * chosen + k];
      }
      __syncthreads();
      int mine = row[me];
      bool first = mine >= 0;
      for (int l = 0; l < me && first; l++) {
        first = row[l] != mine;
      }
      if (first) {
        real sum = to[j * all + mine];
        for (int l = me; l < THREADS; l++) {
          if (row[l] == mine) {
            sum += value[l];
          }
        }
        to[j * all + mine] = sum;
      }
      __syncthreads();
    }
  }
}

/* ---- sums ---- */

/*
 * Sums of terms, or of products with those of y where there is a y. Result r of block b has its
 * term t at START(x, b) + r·xResult + t·xTerm. The terms are cut into slices of some width, each
 * with a partial sum; finish_sums adds them. A task is a slice of a result, by a whole block.
 */
#define SUM                                                                    \
  const real *x, wide xResult, wide xTerm, BLOCKS(x), const real *y,           \
      wide yResult, wide yTerm, wide count, wide results, wide terms,          \
      wide width, double *partials

static __device__ double term(const real *x, const real *y, wide yAt) {
  return y == 0 ? (double) *x : (double) *x * (double) y[yAt];
}

KERNEL(sum_along)(SUM) {
  __shared__ double part[THREADS];
  int me = threadIdx.x;
  wide n = count * results;
  wide tasks = n * divided(terms + width - 1, width);
  for (wide task = blockIdx.x; task < tasks; task += gridDim.x) {
    wide slice = divided(task, n);
    wide b = divided(task - slice * n, results);
    wide r = task - slice * n - b * results;
    wide end = (slice + 1) * width < terms ? (slice + 1) * width : terms;
    const real *from = x + START(x, b) + r * xResult;
    double sum = 0;
    for (wide t = slice * width + me; t < end; t += THREADS) {
      sum += term(from + t * xTerm, y, r * yResult + t * yTerm);
    }
    part[me] = sum;
    __syncthreads();
    for (int half = THREADS / 2; half > 0; half /= 2) {
      if (me < half) {
        part[me] += part[me + half];
      }
      __syncthreads();
    }
    if (me == 0) {
      partials[task] = part[0];
    }
    __syncthreads();
  }
}

/* A task is a slice of 32 results that stand side by side, 8 terms at a time. */
KERNEL(sum_across)(SUM) {
  __shared__ double part[THREADS];
  int lane = threadIdx.x % 32;
  int strip = threadIdx.x / 32;
  wide groups = divided(results + 31, 32);
  wide tasks = count * groups * divided(terms + width - 1, width);
  for (wide task = blockIdx.x; task < tasks; task += gridDim.x) {
    wide slice = divided(task, count * groups);
    wide b = divided(task - slice * count * groups, groups);
    wide r = (task - (slice * count + b) * groups) * 32 + lane;
    wide end = (slice + 1) * width < terms ? (slice + 1) * width : terms;
    const real *from = x + START(x, b) + r * xResult;
    double sum = 0;
    for (wide t = slice * width + strip; t < end && r < results; t += THREADS / 32) {
      sum += term(from + t * xTerm, y, r * yResult + t * yTerm);
    }
    part[threadIdx.x] = sum;
    __syncthreads();
    if (strip == 0 && r < results) {
      for (int k = 1; k < THREADS / 32; k++) {
        sum += part[32 * k + lane];
      }
      partials[(slice * count + b) * results + r] = sum;
    }
    __syncthreads();
  }
}

static __device__ double total(
    const double *partials, wide slices, wide n, wide results, wide first, wide together) {
  double sum = 0;
  for (wide b = 0; b < together; b++) {
    for (wide slice = 0; slice < slices; slice++) {
      sum += partials[slice * n + first + b * results];
    }
  }
  return sum;
}

/* Result r goes to element (r mod height, r / height) of its block, the sums of some blocks to one. */
KERNEL(finish_sums)
(wide outputs, const double *partials, wide slices, wide n, wide results, wide together,
 double alpha, double beta, real *out, wide height, wide leading, BLOCKS(out)) {
  EACH(e, outputs) {
    wide b = divided(e, results);
    wide r = e - b * results;
    double sum = alpha * total(partials, slices, n, results, e, together);
    real *to = out + START(out, b) + rest(r, height) + divided(r, height) * leading;
    *to = (real) (beta == 0 ? sum : sum + beta * *to);
  }
}

KERNEL(finish_dots)(wide outputs, const double *partials, wide slices, double *out) {
  EACH(e, outputs) out[e] = total(partials, slices, outputs, outputs, e, 1);
}

/* ---- softmax ---- */

/* A thread a column. */
KERNEL(softmax_short)(wide rows, wide columns, const real *in, real *out) {
  EACH(j, columns) {
    const real *x = in + j * rows;
    real *p = out + j * rows;
    real most = x[0];
    for (wide i = 1; i < rows; i++) {
      most = x[i] > most ? x[i] : most;
    }
    real sum = 0;
    for (wide i = 0; i < rows; i++) {
      p[i] = exp(x[i] - most);
      sum += p[i];
    }
    for (wide i = 0; i < rows; i++) {
      p[i] /= sum;
    }
  }
}

/* A block a column. */
KERNEL(softmax_long)(wide rows, wide columns, const real *in, real *out) {
  __shared__ double part[THREADS];
  int me = threadIdx.x;
  for (wide j = blockIdx.x; j < columns; j += gridDim.x) {
    const real *x = in + j * rows;
    real *p = out + j * rows;
    real most = x[0];
    for (wide i = me; i < rows; i += THREADS) {
      most = x[i] > most ? x[i] : most;
    }
    part[me] = most;
    __syncthreads();
    for (int half = THREADS / 2; half > 0; half /= 2) {
      if (me < half && part[me + half] > part[me]) {
        part[me] = part[me + half];
      }
      __syncthreads();
    }
    most = (real) part[0];
    __syncthreads();
    double sum = 0;
    for (wide i = me; i < rows; i += THREADS) {
      p[i] = exp(x[i] - most);
      sum += p[i];
    }
    part[me] = sum;
    __syncthreads();
    for (int half = THREADS / 2; half > 0; half /= 2) {
      if (me < half) {
        part[me] += part[me + half];
      }
      __syncthreads();
    }
    for (wide i = me; i < rows; i += THREADS) {
      p[i] = (real) (p[i] / part[0]);
    }
    __syncthreads();
  }
}

/* ---- windows over images ---- */

#define WINDOW                                                                 \
  int channels, int height, int width, int rows, int columns, int rowStep,     \
      int columnStep, int top, int left, int down, int across

/*
 * What a window sees: a column a position, ordered (row, column, channel of the window). n is their
 * elements.
 */
KERNEL(spread_patches)(WINDOW, wide n, const real *images, real *patches) {
  int patch = rows * columns * channels;
  int positions = down * across;
  EACH(e, n) {
    wide column = divided(e, patch);
    int q = (int) (e - column * patch);
    wide example = divided(column, positions);
    int p = (int) (column - example * positions);
    int y = p / across * rowStep - top + q / channels / columns;
    int x = p % across * columnStep - left + q / channels % columns;
    bool inside = y >= 0 && y < height && x >= 0 && x < width;
    patches[e] =
        inside ? images[((example * height + y) * width + x) * channels + q % channels] : (real) 0;
  }
}

/* The adjoint: every element of the n of the images takes the sum of what sees it. */
KERNEL(gather_patches)(WINDOW, wide n, const real *patches, double beta, real *images) {
  EACH(e, n) {
    wide place = divided(e, channels);
    int c = (int) (e - place * channels);
    wide line = divided(place, width);
    int x = (int) (place - line * width) + left;
    wide example = divided(line, height);
    int y = (int) (line - example * height) + top;
    real sum = 0;
    for (int i = 0; i < rows && i <= y; i++) {
      int py = (y - i) / rowStep;
      if (py * rowStep != y - i || py >= down) {
        continue;
      }
      for (int j = 0; j < columns && j <= x; j++) {
        int px = (x - j) / columnStep;
        if (px * columnStep == x - j && px < across) {
          wide position = (example * down + py) * across + px;
          sum += patches[((position * rows + i) * columns + j) * channels + c];
        }
      }
    }
    images[e] = blend(1, sum, beta, images + e);
  }
}

/* From the order (channel, row, column) of weights to that of patches, and back as a sum. */
#define WEIGHT                                                                 \
  wide column = divided(e, channels * places);                                 \
  int q = (int) (e - column * channels * places);                              \
  wide b = divided(column, outputs);                                           \
  wide at = START(w, b) + (column - b * outputs) * channels * places +         \
            q % channels * places + q / channels

KERNEL(order_weights)
(wide n, int channels, int places, int outputs, const real *weights, BLOCKS(w), real *ordered) {
  EACH(e, n) {
    WEIGHT;
    ordered[e] = weights[at];
  }
}

KERNEL(add_weights)
(wide n, int channels, int places, int outputs, const real *ordered, real *weights, BLOCKS(w)) {
  EACH(e, n) {
    WEIGHT;
    weights[at] += ordered[e];
  }
}

/* The channel, position and example of element e of what is pooled, and the places it sees. */
#define POOLED                                                                 \
  wide position = divided(e, channels);                                        \
  int c = (int) (e - position * channels);                                     \
  wide example = divided(position, down * across);                             \
  int p = (int) (position - example * down * across);                          \
  int y0 = p / across * rowStep - top;                                         \
  int x0 = p % across * columnStep - left;                                     \
  int y1 = y0 + rows < height ? y0 + rows : height;                            \
  int x1 = x0 + columns < width ? x0 + columns : width;                        \
  y0 = y0 < 0 ? 0 : y0;                                                        \
  x0 = x0 < 0 ? 0 : x0;                                                        \
  const real *image = images + example * height * width * channels

KERNEL(max_pool)(WINDOW, wide n, const real *images, real *largest, real *places) {
  EACH(e, n) {
    POOLED;
    int best = (y0 * width + x0) * channels + c;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        int at = (y * width + x) * channels + c;
        bool number = image[best] == image[best];
        best = number && !(image[at] <= image[best]) ? at : best;
      }
    }
    largest[e] = image[best];
    places[e] = (real) best;
  }
}

KERNEL(average_pool)(WINDOW, wide n, const real *images, real *means) {
  EACH(e, n) {
    POOLED;
    real sum = 0;
    for (int y = y0; y < y1; y++) {
      for (int x = x0; x < x1; x++) {
        sum += image[(y * width + x) * channels + c];
      }
    }
    means[e] = sum / (rows * columns);
  }
}

/* The adjoint, as a sum over the positions that see an element. */
KERNEL(average_pool_back)(WINDOW, wide n, const real *means, real *images) {
  EACH(e, n) {
    wide place = divided(e, channels);
    int c = (int) (e - place * channels);
    wide line = divided(place, width);
    int x = (int) (place - line * width) + left;
    wide example = divided(line, height);
    int y = (int) (line - example * height) + top;
    real sum = 0;
    for (int py = 0; py < down && py * rowStep <= y; py++) {
      for (int px = 0; px < across && px * columnStep <= x; px++) {
        if (y - py * rowStep < rows && x - px * columnStep < columns) {
          sum += means[((example * down + py) * across + px) * channels + c];
        }
      }
    }
    images[e] = sum / (rows * columns);
  }
}
