#!/usr/bin/env node
// Before the libraries that look at it are loaded.
if (process.argv.includes('--no-color')) process.env.NO_COLOR = '1';
const { processIo } = await import('./io.ts');
const { run } = await import('./run.ts');

process.exitCode = await run(process.argv.slice(2), processIo());
