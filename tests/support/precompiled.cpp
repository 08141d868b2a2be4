// SPDX-License-Identifier: GPL-3.0-or-later
// The targets that own a precompiled header need one file to compile.
