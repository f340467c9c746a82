"""Networks in PyTorch: gradient, gradient and products with the graph kept, a product, a step of 50.

Arguments: threads, repetitions, names of networks with a comma between two.
Prints lines of "network what milliseconds", medians.
"""

import math
import statistics
import sys
import time

import torch
from torch import nn

THREADS, REPETITIONS = int(sys.argv[1]), int(sys.argv[2])
torch.set_num_threads(THREADS)
torch.manual_seed(0)


class Mean(nn.Module):
    def forward(self, x):
        return x.mean(1)


class Attention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.inputs = nn.Linear(width, 3 * width)
        self.outputs = nn.Linear(width, width)

    def forward(self, x):
        b, t, w = x.shape
        q, k, v = self.inputs(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        p = torch.softmax(q @ k.transpose(-1, -2) / math.sqrt(w // self.heads), -1)
        return self.outputs((p @ v).transpose(1, 2).reshape(b, t, w))


class Block(nn.Module):
    def __init__(self, width, heads, hidden):
        super().__init__()
        self.attention = Attention(width, heads)
        self.first = nn.LayerNorm(width)
        self.second = nn.LayerNorm(width)
        self.feed = nn.Sequential(nn.Linear(width, hidden), nn.ReLU(), nn.Linear(hidden, width))

    def forward(self, x):
        x = self.first(x + self.attention(x))
        return self.second(x + self.feed(x))


def mlp():
    model = nn.Sequential(
        nn.Linear(784, 200), nn.Tanh(), nn.Linear(200, 200), nn.Tanh(), nn.Linear(200, 10)
    )
    return model, torch.rand(5000, 784), 10, (1000, 500)


def cnn():
    model = nn.Sequential(
        nn.Conv2d(3, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(32, 32, 3, padding=1),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(2048, 10),
    ).to(memory_format=torch.channels_last)
    images = torch.randn(1000, 3, 32, 32).contiguous(memory_format=torch.channels_last)
    return model, images, 10, (250, 50)


def transformer():
    blocks = [Block(64, 8, 2048) for _ in range(2)]
    model = nn.Sequential(nn.Embedding(30522, 64), *blocks, Mean(), nn.Linear(64, 2))
    return model, torch.randint(0, 30522, (100, 56)), 2, (50, 25)


def median(work):
    work()
    times = []
    for _ in range(REPETITIONS):
        start = time.perf_counter()
        work()
        times.append(1e3 * (time.perf_counter() - start))
    return statistics.median(times)


def measure(name, build):
    model, inputs, classes, chunks = build()
    parameters = list(model.parameters())
    targets = nn.functional.one_hot(torch.randint(0, classes, (len(inputs),)), classes).float()
    block = [[torch.randn_like(p) for p in parameters] for _ in range(10)]

    def loss(x, y):
        return ((model(x) - y) ** 2).sum()

    def gradient(chunk):
        for at in range(0, len(inputs), chunk):
            one = loss(inputs[at : at + chunk], targets[at : at + chunk])
            torch.autograd.grad(one, parameters)

    def products(chunk, count):
        for at in range(0, len(inputs), chunk):
            one = loss(inputs[at : at + chunk], targets[at : at + chunk])
            grads = torch.autograd.grad(one, parameters, create_graph=True)
            for j in range(count):
                dot = sum((g * v).sum() for g, v in zip(grads, block[j]))
                torch.autograd.grad(dot, parameters, retain_graph=j + 1 < count)

    def product():
        """The faster of one that passes through the network anew, and one on graphs that are kept."""
        anew = best(lambda chunk: products(chunk, 1))
        at = range(0, len(inputs), chunks[0])
        losses = [loss(inputs[i : i + chunks[0]], targets[i : i + chunks[0]]) for i in at]
        graphs = [torch.autograd.grad(one, parameters, create_graph=True) for one in losses]

        def kept():
            for grads in graphs:
                dot = sum((g * v).sum() for g, v in zip(grads, block[0]))
                torch.autograd.grad(dot, parameters, retain_graph=True)

        return min(anew, median(kept))

    optimizer = torch.optim.SGD(parameters, lr=1e-6)

    def step():
        chosen = torch.randint(0, len(inputs), (50,))
        optimizer.zero_grad()
        loss(inputs[chosen], targets[chosen]).backward()
        optimizer.step()

    def best(work):
        return min(median(lambda: work(chunk)) for chunk in chunks)

    print(name, "gradient", best(gradient))
    print(name, "gradient and 1", best(lambda chunk: products(chunk, 1)))
    print(name, "product", product())
    print(name, "gradient and 10", best(lambda chunk: products(chunk, 10)))
    print(name, "step of 50", median(step), flush=True)


for network in sys.argv[3].split(","):
    measure(network, {"mlp": mlp, "cnn": cnn, "transformer": transformer}[network])
