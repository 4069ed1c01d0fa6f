// RMSNorm (Zhang and Sennrich 2019, https://arxiv.org/abs/1910.07467) and its gradient.
//
//   forward    y[r, i] = w[i] · x[r, i] · s[r],   s[r] = 1 / sqrt(mean_i(x[r, i]²) + epsilon)
//   input      dx[r, i] = s[r] · (w[i] · dy[r, i] − x[r, i] · s[r]² · mean_j(w[j] · dy[r, j] · x[r, j]))
//   weight     dw[i] = sum_r(dy[r, i] · x[r, i] · s[r])
//
//   x, y, dy, dx: [rows, features]   w: [features]   all float or all bfloat16
//   s: [rows]   dw: [features]       float
//
// Sums are in float. The forward kernel stores s for the gradient; no kernel uses atomics, so results repeat bit for bit.
//
//   forward, input   grid [rows], block [multiple of 32, at most 1024]: a block a row
//   weight           grid [ceil(features / 32)], block [32, groups of rows, at most 32]: a warp reads 32 neighbours
//
// Compile line: see README.md.
#include "finetune_cuda.cuh"

template <typename T>
__device__ __forceinline__ void rms_norm_forward(
    T *__restrict__ y, float *__restrict__ s, const T *__restrict__ x, const T *__restrict__ w, int features, float epsilon)
{
    const long long row = (long long)blockIdx.x * features;
    float squares = 0.0f;
    for (int i = threadIdx.x; i < features; i += blockDim.x)
        squares += load(x, row + i) * load(x, row + i);
    const float scale = rsqrtf(block_sum(squares) / features + epsilon);

    for (int i = threadIdx.x; i < features; i += blockDim.x)
        store(y, row + i, load(w, i) * load(x, row + i) * scale);
    if (threadIdx.x == 0)
        s[blockIdx.x] = scale;
}

template <typename T>
__device__ __forceinline__ void rms_norm_backward_input(
    T *__restrict__ dx, const T *__restrict__ dy, const T *__restrict__ x, const T *__restrict__ w,
    const float *__restrict__ s, int features)
{
    const long long row = (long long)blockIdx.x * features;
    float products = 0.0f;
    for (int i = threadIdx.x; i < features; i += blockDim.x)
        products += load(w, i) * load(dy, row + i) * load(x, row + i);
    const float scale = s[blockIdx.x];
    const float along_x = scale * scale * block_sum(products) / features;

    for (int i = threadIdx.x; i < features; i += blockDim.x)
        store(dx, row + i, scale * (load(w, i) * load(dy, row + i) - load(x, row + i) * along_x));
}

template <typename T>
__device__ __forceinline__ void rms_norm_backward_weight(
    float *__restrict__ dw, const T *__restrict__ dy, const T *__restrict__ x, const float *__restrict__ s, int rows, int features)
{
    __shared__ float of_group[warp_size][warp_size];
    const int i = blockIdx.x * warp_size + threadIdx.x;
    float sum = 0.0f;
    for (long long r = threadIdx.y; i < features && r < rows; r += blockDim.y)
        sum += load(dy, r * features + i) * load(x, r * features + i) * s[r];
    of_group[threadIdx.y][threadIdx.x] = sum;
    __syncthreads();

    if (threadIdx.y == 0 && i < features) {
        for (unsigned int group = 1; group < blockDim.y; group++)
            sum += of_group[group][threadIdx.x];
        dw[i] = sum;
    }
}

#define RMS_NORM_KERNELS(T, suffix)                                                                               \
    extern "C" __global__ void rms_norm_forward_##suffix(                                                         \
        T *y, float *s, const T *x, const T *w, int features, float epsilon)                                      \
    {                                                                                                             \
        rms_norm_forward(y, s, x, w, features, epsilon);                                                          \
    }                                                                                                             \
    extern "C" __global__ void rms_norm_backward_input_##suffix(                                                  \
        T *dx, const T *dy, const T *x, const T *w, const float *s, int features)                                 \
    {                                                                                                             \
        rms_norm_backward_input(dx, dy, x, w, s, features);                                                       \
    }                                                                                                             \
    extern "C" __global__ void rms_norm_backward_weight_##suffix(                                                 \
        float *dw, const T *dy, const T *x, const float *s, int rows, int features)                               \
    {                                                                                                             \
        rms_norm_backward_weight(dw, dy, x, s, rows, features);                                                   \
    }

RMS_NORM_KERNELS(float, f32)
RMS_NORM_KERNELS(bfloat16, bf16)
