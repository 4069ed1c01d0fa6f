// Runs a kernel on the CPU, for tests: one block after another, one thread of the system per CUDA thread. The source
// of the kernel stays as it is. Needs C++20 and blocks whose first dimension is a multiple of the warp's 32.
#pragma once

#include <barrier>
#include <bit>
#include <cmath>
#include <memory>
#include <thread>
#include <vector>

#define __global__
#define __device__
#define __host__
#define __shared__ static
#define __constant__ static
#define __forceinline__ inline
#define __launch_bounds__(...)
#define __restrict__ __restrict

struct dim3 {
    unsigned int x = 1, y = 1, z = 1;
};

inline thread_local dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace finetune {

constexpr int warp_size = 32;

// What the threads of the running block share.
struct block_state {
    explicit block_state(int threads) : all(threads), exchanged(threads)
    {
        for (int i = 0; i < threads; i += warp_size)
            warps.push_back(std::make_unique<std::barrier<>>(warp_size));
    }

    std::barrier<> all;
    std::vector<std::unique_ptr<std::barrier<>>> warps;
    std::vector<float> exchanged;
};

inline block_state *running_block = nullptr;

inline int thread_number() { return (threadIdx.z * blockDim.y + threadIdx.y) * blockDim.x + threadIdx.x; }

template <typename Kernel> void launch(dim3 grid, dim3 block, Kernel kernel)
{
    const int threads = block.x * block.y * block.z;
    for (unsigned int z = 0; z < grid.z; z++)
        for (unsigned int y = 0; y < grid.y; y++)
            for (unsigned int x = 0; x < grid.x; x++) {
                block_state state(threads);
                running_block = &state;
                std::vector<std::jthread> running;
                for (int i = 0; i < threads; i++)
                    running.emplace_back([=] {
                        threadIdx = {i % block.x, i / block.x % block.y, i / (block.x * block.y)};
                        blockIdx = {x, y, z};
                        blockDim = block;
                        gridDim = grid;
                        kernel();
                    });
            }
}

} // namespace finetune

inline void __syncthreads() { finetune::running_block->all.arrive_and_wait(); }

// A value goes through an array between two barriers of the warp: one after all have written, one after all have read.
inline float __shfl_xor_sync(unsigned int, float value, int lane)
{
    finetune::block_state &block = *finetune::running_block;
    const int thread = finetune::thread_number();
    std::barrier<> &warp = *block.warps[thread / finetune::warp_size];
    block.exchanged[thread] = value;
    warp.arrive_and_wait();
    const float other = block.exchanged[thread ^ lane];
    warp.arrive_and_wait();
    return other;
}

// A macro, as newer C libraries declare a function of the name.
#define rsqrtf finetune_rsqrtf
inline float rsqrtf(float x) { return 1.0f / std::sqrt(x); }
inline float __expf(float x) { return std::exp(x); }
inline float __logf(float x) { return std::log(x); }
inline float __uint_as_float(unsigned int x) { return std::bit_cast<float>(x); }
inline unsigned int __float_as_uint(float x) { return std::bit_cast<unsigned int>(x); }
