// What several operations share: sums over a block, and elements of 32 and 16 bits read and written as float.
#pragma once

constexpr int warp_size = 32;
constexpr int largest_block = 1024;

// A bfloat16 is the upper half of a float: sign, 8 bits of exponent, 7 of mantissa.
struct bfloat16 {
    unsigned short bits;
};

__device__ __forceinline__ float load(const float *values, long long i) { return values[i]; }

__device__ __forceinline__ float load(const bfloat16 *values, long long i)
{
    return __uint_as_float((unsigned int)values[i].bits << 16);
}

__device__ __forceinline__ void store(float *values, long long i, float value) { values[i] = value; }

// Rounds to nearest, ties to even; a NaN stays one (the rounding could carry it into infinity).
__device__ __forceinline__ void store(bfloat16 *values, long long i, float value)
{
    const unsigned int bits = __float_as_uint(value);
    const bool is_nan = (bits & 0x7fffffffu) > 0x7f800000u;
    values[i].bits = (unsigned short)(is_nan ? (bits >> 16) | 0x40u : (bits + 0x7fffu + (bits >> 16 & 1u)) >> 16);
}

// The sum over all threads of a one-dimensional block (a multiple of the warp), known to each of them.
// Always in the same order, so that a run repeats bit for bit.
__device__ __forceinline__ float block_sum(float value)
{
    __shared__ float of_warp[largest_block / warp_size];
    for (int lane = warp_size / 2; lane > 0; lane /= 2)
        value += __shfl_xor_sync(0xffffffffu, value, lane);
    if (threadIdx.x % warp_size == 0)
        of_warp[threadIdx.x / warp_size] = value;
    __syncthreads();

    float sum = 0.0f;
    for (unsigned int warp = 0; warp < blockDim.x / warp_size; warp++)
        sum += of_warp[warp];
    // The next call writes of_warp again.
    __syncthreads();
    return sum;
}
