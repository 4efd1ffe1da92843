/** The folder of the flags under /assets. */
declare const __FLAGS__: string;
