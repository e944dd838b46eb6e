/** How many rows there are to lock by name. Two names that fall on one row wait for each other and nothing worse. */
export const lockSlots = 256

/** In how many lines the news of commits are numbered. */
export const stripes = 64
