// SPDX-License-Identifier: GPL-3.0-or-later
// Bentocache (L1 in memory, L2 Redis through ioredis) over the lookups of tieredpeers.cpp: values of 1 KiB that are in
// Redis, each read once by a cache that does not hold it yet. Prints its figures as JSON.
//   node tieredpeer.mjs unix:/path
import { BentoCache, bentostore } from 'bentocache';
import { memoryDriver } from 'bentocache/drivers/memory';
import { redisDriver } from 'bentocache/drivers/redis';
import { Redis } from 'ioredis';

const keyCount = 10_000;
const atATime = 64;
const value = 'q'.repeat(1024);
const keys = Array.from({ length: keyCount }, (_, i) => `stock:S${String(i).padStart(6, '0')}`);

const connection = new Redis({ path: process.argv[2].replace(/^unix:/, '') });

// Values are not copied when they enter or leave L1, which is the faster way.
function startOver() {
    const store = bentostore()
        .useL1Layer(memoryDriver({ maxItems: 1_000_000, serialize: false }))
        .useL2Layer(redisDriver({ connection }));
    return new BentoCache({ default: 'peer', stores: { peer: store } });
}

const figures = {};

async function time(name, keysAtATime) {
    const cache = startOver();
    const processor = process.cpuUsage();
    const started = process.hrtime.bigint();
    for (let from = 0; from < keyCount; from += keysAtATime) {
        const answers = await Promise.all(keys.slice(from, from + keysAtATime).map((key) => cache.get({ key })));
        if (answers.some((answer) => answer?.length !== value.length)) throw new Error('a value is not in Redis');
    }
    const { user, system } = process.cpuUsage(processor);
    figures[name] = keyCount / (Number(process.hrtime.bigint() - started) / 1e9);
    figures[`${name}.cpu`] = ((user + system) * 1e3) / keyCount;
}

const filler = startOver();
await Promise.all(keys.map((key) => filler.set({ key, value, ttl: '1h' })));
// The first round is for the compiler.
for (let round = 0; round < 2; round++) {
    await time('one', 1);
    await time('flight64', atATime);
}
console.log(JSON.stringify(figures));
await connection.quit();
