/** Works something out while what was asked of the database just now is on its way there and back: that goes out before this turn of the event loop ends. */
export function inTheMeantime<Result>(work: () => Result): Promise<Result> {
  return new Promise((resolve, reject) => {
    setImmediate(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error as Error);
      }
    });
  });
}
