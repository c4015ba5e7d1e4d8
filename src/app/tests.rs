//! Keys pressed, effects and screens compared. No threads, no files, no sleeping.

use super::*;
