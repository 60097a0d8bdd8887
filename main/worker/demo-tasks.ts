/** A dozen varied tasks: what a grid is good for, and what a worker does with what goes wrong. */
export interface DemoTask {
  readonly task_id: string;
  readonly script: string;
  readonly timeout_seconds: number;
  readonly priority?: "critical" | "high" | "medium" | "low";
  readonly depends_on?: readonly string[];
}

const python = (code: string): string => `python3 - <<'PY'\n${code}\nPY`;

export const DEMO_TASKS: readonly DemoTask[] = [
  {
    task_id: "monte-carlo-pi",
    timeout_seconds: 60,
    priority: "high",
    script: python(`import random
random.seed(7)
n = 400000
inside = sum(random.random()**2 + random.random()**2 < 1 for _ in range(n))
print("pi is about", 4 * inside / n)`),
  },
  {
    task_id: "prime-sieve",
    timeout_seconds: 60,
    script: python(`n = 1000000
sieve = bytearray([1]) * (n + 1)
sieve[0:2] = b"\\0\\0"
for i in range(2, int(n**0.5) + 1):
    if sieve[i]:
        sieve[i*i::i] = bytes(len(range(i*i, n + 1, i)))
print(sum(sieve), "primes up to", n)`),
  },
  {
    task_id: "word-count",
    timeout_seconds: 30,
    script: `printf 'the first push wins\\neverybody can audit everything\\nthe grid is a repository\\n' | tr ' ' '\\n' | sort | uniq -c | sort -rn | head -5`,
  },
  { task_id: "fails-with-3", timeout_seconds: 10, script: "echo 'this task fails on purpose' >&2; exit 3" },
  { task_id: "times-out", timeout_seconds: 10, script: "echo 'sleeping longer than allowed'; sleep 120" },
  {
    task_id: "fibonacci",
    timeout_seconds: 30,
    script: python(`a, b = 0, 1
for _ in range(1000):
    a, b = b, a + b
print("the 1000th Fibonacci number has", len(str(a)), "digits")`),
  },
  {
    task_id: "matrix-product",
    timeout_seconds: 60,
    script: python(`n = 90
a = [[(i * j) % 7 for j in range(n)] for i in range(n)]
c = [[sum(a[i][k] * a[k][j] for k in range(n)) for j in range(n)] for i in range(n)]
print("trace", sum(c[i][i] for i in range(n)))`),
  },
  {
    task_id: "collatz",
    timeout_seconds: 60,
    priority: "low",
    script: python(`best = (0, 0)
for start in range(1, 60000):
    n, steps = start, 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    best = max(best, (steps, start))
print("longest below 60000:", best[1], "with", best[0], "steps")`),
  },
  {
    task_id: "no-network",
    timeout_seconds: 20,
    script: python(`import socket
try:
    socket.create_connection(("198.51.100.1", 80), timeout=3)
    print("reached the network")
except OSError as error:
    print("no network, as promised:", error)`),
  },
  {
    task_id: "read-only",
    timeout_seconds: 10,
    script: "touch /here 2>&1 || echo 'the file system is read-only, as promised'; id; df -h /tmp | tail -1",
  },
  {
    task_id: "mandelbrot",
    timeout_seconds: 60,
    script: python(`for y in range(-10, 11):
    row = ""
    for x in range(-30, 12):
        c = complex(x / 16, y / 8)
        z = 0
        for i in range(40):
            z = z * z + c
            if abs(z) > 2:
                break
        row += "#" if i == 39 else "."
    print(row)`),
  },
  {
    task_id: "after-the-sieve",
    timeout_seconds: 20,
    priority: "critical",
    depends_on: ["prime-sieve"],
    script: "echo 'runs only once the prime sieve has completed'",
  },
];
